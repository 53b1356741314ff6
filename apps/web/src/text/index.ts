export { en } from './en.ts';
export { type Texts, zh } from './zh-CN.ts';
