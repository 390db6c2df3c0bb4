// Checks the types of every workspace and of what stands beside them; each has its own tsconfig.json.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const projects = ['protocol', 'client', 'cluster', 'bench', 'server', 'web', '.'];

let failed = 0;
for (const project of projects) {
  const child = spawn(process.execPath, ['node_modules/typescript/bin/tsc', '--project', project], {
    stdio: 'inherit',
  });
  const [code] = await once(child, 'exit');
  console.log(
    `types ${project === '.' ? 'of tests, tools, simulation, bench, examples' : `of ${project}`}: ${code === 0 ? 'ok' : 'failed'}`,
  );
  if (code !== 0) failed += 1;
}
process.exitCode = failed === 0 ? 0 : 1;
