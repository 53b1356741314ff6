/** A paragraph, heading, numbered item or row of a table of the notice, under the article it belongs to (`''`: under none). */
export type NoticeBlock = {
    readonly article: string;
    readonly kind: 'heading' | 'text' | 'item' | 'row';
    readonly text: string;
    /** Of a row: the group of requirements it stands under (附件2). */
    readonly group?: string;
};
