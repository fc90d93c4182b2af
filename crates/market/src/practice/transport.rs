//! The practice chain as an alloy transport: requests are answered in place, without a port.

use super::PracticeChain;
use alloy::{
    rpc::json_rpc::{ErrorPayload, RequestPacket, Response, ResponsePacket, ResponsePayload, SerializedRequest},
    transports::{TransportError, TransportFut},
};
use serde_json::value::to_raw_value;
use std::task::{Context, Poll};
use tower::Service;

/// A connection to a [`PracticeChain`]. A request takes a millisecond or so and holds the chain meanwhile.
#[derive(Debug, Clone)]
pub struct PracticeTransport {
    chain: PracticeChain,
}

impl PracticeTransport {
    pub(super) fn new(chain: PracticeChain) -> Self {
        Self { chain }
    }

    fn answer(&self, request: &SerializedRequest) -> Response {
        let params = request.params().map_or(Ok(serde_json::Value::Null), |raw| serde_json::from_str(raw.get()));
        let result = params
            .map_err(|_| ErrorPayload::invalid_params())
            .and_then(|params| self.chain.request(request.method(), &params))
            .and_then(|result| to_raw_value(&result).map_err(|_| ErrorPayload::internal_error()));
        let payload = match result {
            Ok(result) => ResponsePayload::Success(result),
            Err(error) => ResponsePayload::Failure(error),
        };
        Response { id: request.id().clone(), payload }
    }
}

impl Service<RequestPacket> for PracticeTransport {
    type Response = ResponsePacket;
    type Error = TransportError;
    type Future = TransportFut<'static>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, packet: RequestPacket) -> TransportFut<'static> {
        let this = self.clone();
        Box::pin(async move {
            Ok(match &packet {
                RequestPacket::Single(request) => ResponsePacket::Single(this.answer(request)),
                RequestPacket::Batch(requests) => {
                    ResponsePacket::Batch(requests.iter().map(|request| this.answer(request)).collect())
                }
            })
        })
    }
}
