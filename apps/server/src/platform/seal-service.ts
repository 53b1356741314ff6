import { DomainError, type Id } from '@liuhen/domain';

/**
 * A certified electronic seal (电子签章) is made by a service outside of this system, under the agency's own certificate;
 * which one is not decided. Whoever connects it implements `apply` and passes it to the handlers of documents: it seals the
 * final print of a document and throws where it cannot. Until then the red seal on paper with its entry in the register is
 * the rule, and a picture of a seal appears on drafts only.
 */
export type SealService = {
    apply(request: { readonly documentId: Id; readonly purpose: string }): Promise<void>;
};

/** What runs as long as no service is connected: it refuses in words. */
export const noSealService: SealService = {
    async apply() {
        throw new DomainError('seal.serviceNotConfigured');
    },
};
