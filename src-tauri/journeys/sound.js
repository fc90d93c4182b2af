// Records what the private sound server hears, and measures it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

const RATE = 48_000;
const CHANNELS = 2;

/** Records the null sink for some seconds: interleaved stereo, −1 to 1. */
export async function record(seconds) {
  const recorder = spawn('parec', ['--device=test.monitor', '--raw', `--rate=${RATE}`, `--channels=${CHANNELS}`, '--format=s16le'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const parts = [];
  recorder.stdout.on('data', (part) => parts.push(part));
  await sleep(seconds * 1000);
  const ended = once(recorder, 'close');
  recorder.kill();
  await ended;
  const bytes = Buffer.concat(parts);
  const samples = new Float32Array(bytes.length >> 1);
  for (let index = 0; index < samples.length; index++) samples[index] = bytes.readInt16LE(index * 2) / 32_768;
  return samples;
}

/** Seconds recorded, root mean square in dBFS and peak in dBFS (−Infinity for silence). */
export function measure(samples) {
  let square = 0;
  let peak = 0;
  for (const sample of samples) {
    square += sample * sample;
    peak = Math.max(peak, Math.abs(sample));
  }
  return { seconds: samples.length / RATE / CHANNELS, rms: 10 * Math.log10(square / samples.length), peak: 20 * Math.log10(peak) };
}
