export { eventsEn } from './events.en.ts';
export { eventsZh } from './events.zh-CN.ts';
