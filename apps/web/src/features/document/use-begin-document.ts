import type { DocumentType } from '@liuhen/domain';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { wasAway } from '../../app/offline/kept-answers.ts';
import { useMe } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import { beginOffline } from './begin-offline.ts';
import type { DocumentLinks } from './document-links.ts';

/**
 * Begins a document with what party, act and earlier documents give, and opens it. At the scene without network it begins on
 * this device and goes to the server later.
 */
export function useBeginDocument(links: DocumentLinks) {
    const me = useMe();
    const navigate = useNavigate();
    const create = useCommand('document.create', {
        onDone: ({ id }) => void navigate({ to: '/documents/$id', params: { id } }),
    });
    const [unread, setUnread] = useState<unknown>();
    /** The device could not keep it. */
    const [full, setFull] = useState(false);
    const begin = async (type: DocumentType) => {
        setUnread(undefined);
        setFull(false);
        try {
            const { content } = await client.call('template.begin', { params: { type }, query: links });
            create.mutate({ body: { type, ...links, content } });
        } catch (error) {
            if (!wasAway(error)) return setUnread(error);
            const id = await beginOffline(type, links, me.person.id).catch(() => null);
            if (id === null) setFull(true);
            else if (id === undefined) setUnread(error);
            else void navigate({ to: '/documents/offline/$id', params: { id } });
        }
    };
    return { begin: (type: DocumentType) => void begin(type), busy: create.isPending, error: create.error ?? unread, full };
}
