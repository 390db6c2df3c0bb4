// Loaded into a program whose memory is measured: garbage is not memory of a connection, and only the program itself can
// have it collected first.
process.on('message', () => {
  globalThis.gc();
  globalThis.gc();
  process.send(process.memoryUsage());
});
// Whoever measures is gone.
process.on('disconnect', () => process.exit());
process.channel.unref();
