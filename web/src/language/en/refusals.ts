import type { ErrorCode } from '@confab/protocol';

/** By code. English is what the server says already. */
export const refusals: { readonly [code in ErrorCode]?: string } = {};
