import type { Id } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instant.ts';

/** Who may take a document for the party (民事诉讼法 2023 第88条). */
export const RECIPIENT_RELATIONS = [
    'self',
    'legalRepresentative',
    'responsible',
    'receivingClerk',
    'agent',
    'adultFamily',
] as const;
export type RecipientRelation = (typeof RECIPIENT_RELATIONS)[number];

/** What each way of service asks for when it is begun. */
export type ServiceFacts =
    /** 直接送达: on the day the receipt is signed (民事诉讼法 2023 第88条). */
    | { readonly mode: 'direct'; readonly relation: RecipientRelation; readonly place: string; readonly signedAt: Instant }
    /** 留置送达: with a witness, or with the whole of it recorded (第89条). */
    | {
          readonly mode: 'lien';
          readonly place: string;
          readonly refusal: string;
          readonly leftAt: Instant;
          readonly witness?: string | undefined;
      }
    /** 邮寄送达: on the day the return slip says (第91条). */
    | {
          readonly mode: 'post';
          readonly address: string;
          readonly carrier: string;
          readonly trackingNumber: string;
          readonly sentAt: Instant;
      }
    /** 委托送达 (第91条). */
    | { readonly mode: 'entrusted'; readonly agency: string; readonly sentAt: Instant }
    /** 电子送达: with signed consent, on arrival in the party's system, which is captured (第90条; 13号令 第57条). */
    | { readonly mode: 'electronic'; readonly address: string; readonly consentId: Id; readonly sentAt: Instant }
    /** 公告送达: where no other way is left; reasons and course are noted in the file (第95条). */
    | {
          readonly mode: 'publicNotice';
          readonly media: string;
          readonly reason: string;
          readonly course: string;
          readonly publishedAt: Instant;
      };

/** Modes that are recorded in any case (正文二(二)1). */
export const RECORDED_MODES = ['lien', 'publicNotice'] as const;
