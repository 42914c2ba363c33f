import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';

/** Writes a file whole or not at all, and durable: beside it first, then put in its place. Nobody else can read it. */
export function writeWhole(path: string, text: string): void {
  const beside = `${path}.new`;
  writeDurable(beside, 'w', Buffer.from(text));
  renameSync(beside, path);
}

/** Writes a file where there is none; fails where another process made it a moment ago. Nobody else can read it. */
export function writeNew(path: string, content: Uint8Array): void {
  writeDurable(path, 'wx', content);
}

function writeDurable(path: string, flags: 'w' | 'wx', content: Uint8Array): void {
  const descriptor = openSync(path, flags, 0o600);
  try {
    writeSync(descriptor, content);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
