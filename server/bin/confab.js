#!/usr/bin/env node
// From a checkout, builds what is older than its sources first; an installed Confab brings what was built.
import { existsSync } from 'node:fs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Confab needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

const builder = new URL('../../tools/build.js', import.meta.url);
const program = new URL('../dist/cli.js', import.meta.url);
if (existsSync(builder)) {
  const { build } = await import(builder.href);
  try {
    await build((line) => console.error(line), process.argv[2] === 'start' ? ['server', 'web'] : ['server']);
  } catch (error) {
    if (!existsSync(program)) {
      console.error(`Confab could not be built: ${error.message}`);
      process.exit(1);
    }
    console.error(`could not build (${error.message.split('\n')[0]}): running what was built before`);
  }
}

const { runCommandLine } = await import(program.href);
await runCommandLine(process.argv);
