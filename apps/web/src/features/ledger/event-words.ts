import { eventsEn, eventsZh } from '@liuhen/contract';
import type { EventKind } from '@liuhen/domain';
import { useLanguage } from '../../app/language.tsx';

/** What a kind of log entry is called in the user's language. */
export function useEventWords(): (kind: EventKind) => string {
    const { language } = useLanguage();
    const words = language === 'en' ? eventsEn : eventsZh;
    return (kind) => words[kind];
}
