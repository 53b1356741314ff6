import type { DocumentType } from '@liuhen/domain';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { useCommand } from '../../app/use-command.ts';

/** What a new document belongs to. */
export type DocumentLinks = { actId?: string; caseId?: string; partyId?: string };

/** Begins a document with what party, act and earlier documents give, and opens it. */
export function useBeginDocument(links: DocumentLinks) {
    const navigate = useNavigate();
    const create = useCommand('document.create', {
        onDone: ({ id }) => void navigate({ to: '/documents/$id', params: { id } }),
    });
    const [unread, setUnread] = useState<unknown>();
    const begin = async (type: DocumentType) => {
        setUnread(undefined);
        try {
            const { content } = await client.call('template.begin', { params: { type }, query: links });
            create.mutate({ body: { type, ...links, content } });
        } catch (error) {
            setUnread(error);
        }
    };
    return { begin: (type: DocumentType) => void begin(type), busy: create.isPending, error: create.error ?? unread };
}
