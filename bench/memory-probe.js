// Loaded into a program whose memory is measured: garbage is not memory of a connection, and only the program itself can
// have it collected first.
process.on('message', () => {
  globalThis.gc();
  globalThis.gc();
  process.send(process.memoryUsage());
});
process.channel.unref();
