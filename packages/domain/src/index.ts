export * from './kernel/domain-error.ts';
export * from './kernel/ids.ts';
export * from './kernel/instant.ts';
export * from './kernel/interval.ts';
