/**
 * Who a document is for: `party` is signed by or served on the party, `other` goes to another agency, a laboratory, a
 * court or a complainant, `internal` stays in the file.
 */
export type DocumentSide = 'party' | 'internal' | 'other';

/**
 * How a document is told from others of its type (《卫生行政执法文书规范》第4条): `docNumber` 文号 (地区简称+卫+执法类别+执法性质+
 * 〔年份〕+序号), `serial` 编号 (年份+序号), `parent` that of the document it belongs to, `none` page numbers only.
 */
export type DocumentNumbering = 'docNumber' | 'serial' | 'parent' | 'none';

/**
 * How a document comes to be. `scene`: signed and handed over on the spot, checked afterwards, with a number reserved
 * beforehand. `office`: draft, review, legal review where the law asks, signature of the right head, number, seal, service.
 */
export type DocumentFlow = 'scene' | 'office';

/**
 * Whether making it is recorded (正文二(二)1 and 3): `mandatory` always, `inMandatory` inside a mandatory act or when served
 * by leaving or by public notice, `room` should be held in a recording room, `mandatoryRoom` both, `optional`, `none`.
 */
export type DocumentRecording = 'mandatory' | 'inMandatory' | 'room' | 'mandatoryRoom' | 'optional' | 'none';

export type DocumentTypeFacts = {
    readonly zh: string;
    readonly en: string;
    readonly side: DocumentSide;
    readonly numbering: DocumentNumbering;
    readonly flow: DocumentFlow;
    readonly recording: DocumentRecording;
    /** Its article in the 《卫生行政执法文书规范》; most numbers are inferred and are not printed before the text was seen. */
    readonly article?: { readonly of: '令87'; readonly number: number; readonly seen: 'seen' | 'partly' | 'inferred' };
};
