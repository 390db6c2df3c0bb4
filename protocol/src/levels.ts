/** Constants of the socket, apart from its schemas so that a browser can take them without loading a validator. */

/** Levels this build speaks, newest first. Raised only when old readers would misunderstand. */
export const protocolLevels = [1] as const;

export const socketPath = '/api/v1/socket';
