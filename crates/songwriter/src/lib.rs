//! songwriter
