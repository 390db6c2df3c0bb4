/** The demo: a lively workspace to look at. Uses the same calls as everybody; knows nothing of storage. */
export { fillDemo } from './fill-demo.ts';
export { findDemo } from './find-demo.ts';
export { demoDomain, demoPassword, demoPeople, demoWorkspace } from './people.ts';
export { talkOn } from './talk-on.ts';
export type { Demo, DemoWorld } from './tell-story.ts';
