import { fill, RequestError } from '@liuhen/contract';
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { Dropdown } from 'antd';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { ConfirmDialogue } from '../app/confirm-dialogue.tsx';
import { ErrorNote } from '../app/error-note.tsx';
import { Icon } from '../app/icons.tsx';
import { useFormat, useText } from '../app/language.tsx';
import { LanguageSwitch } from '../app/language-switch.tsx';
import { PageHead, Waiting } from '../app/page.tsx';
import { permissionsNow, useMay, useMe } from '../app/session.ts';
import { CheckOutbox } from '../features/device/check-outbox-runner.tsx';
import { OfflineOutbox } from '../features/document/offline-outbox-runner.tsx';
import { useOfflineDrafts } from '../features/document/use-offline-drafts.ts';
import { usePhotos } from '../features/document/use-photos.ts';
import { AwayNote } from '../features/kit/away-note.tsx';
import { KitRunner } from '../features/kit/kit-runner.tsx';
import { UnclosedRunner } from '../features/recording/unclosed-runner.tsx';
import { useUploads } from '../features/recording/uploads-context.tsx';
import { IdleWarning } from '../features/session/idle-warning.tsx';
import { SessionGuard } from '../features/session/session-guard.tsx';
import { useSignOut } from '../features/session/use-sign-out.ts';
import { ClockDoubt } from './clock-doubt.tsx';
import { NOUNS } from './nouns.ts';

const TasksDrawer = lazy(async () => ({ default: (await import('../features/recording/tasks-drawer.tsx')).TasksDrawer }));

/** The frame of every page: one bar on top, the page below, running tasks in a drawer. */
export function Shell() {
    const text = useText();
    const me = useMe();
    return (
        <>
            <a href="#page" className="skip">
                {text.common.skip}
            </a>
            <TopBar />
            <ClockDoubt />
            {me.demo && <aside className="strip no-print">{text.shell.demo}</aside>}
            <AwayNote />
            <main id="page" tabIndex={-1} style={{ outline: 'none' }}>
                <Suspense fallback={<Waiting />}>
                    <PermittedPage />
                </Suspense>
            </main>
            <SessionGuard />
            <IdleWarning />
            <OfflineOutbox />
            <CheckOutbox />
            <KitRunner />
            <UnclosedRunner />
            <Tasks />
        </>
    );
}

/** Whoever may not read a noun is told so instead of being shown its empty frame. */
function PermittedPage() {
    const text = useText();
    const { pathname } = useLocation();
    useFocusOnPage(pathname);
    const noun = NOUNS.find(({ to }) => pathname === to || pathname.startsWith(`${to}/`));
    // The address changes once more while a session ends: this is drawn then, and there is nobody to ask about.
    const permissions = permissionsNow();
    if (noun === undefined || permissions === undefined || permissions.includes(noun.permission)) return <Outlet />;
    return (
        <>
            <PageHead title={text.shell[noun.name]} />
            <ErrorNote error={new RequestError(403, { code: 'access.denied', params: {}, requestId: '' })} of="read" />
        </>
    );
}

/** A page that was opened by key or by a link that went with its page takes the focus, not the top of the document. */
function useFocusOnPage(pathname: string): void {
    const last = useRef(pathname);
    useEffect(() => {
        if (last.current === pathname) return;
        last.current = pathname;
        if (document.activeElement === document.body) document.getElementById('page')?.focus({ preventScroll: true });
    }, [pathname]);
}

function TopBar() {
    const text = useText();
    const may = useMay();
    const nouns = NOUNS.filter((noun) => may(noun.permission));
    return (
        <header className="top">
            <NounMenu nouns={nouns} />
            <Link to="/" className="brand">
                {text.product}
            </Link>
            <nav aria-label={text.shell.navigation}>
                {nouns.map((noun) => (
                    <Link key={noun.name} to={noun.to} activeOptions={{ includeSearch: false }}>
                        {text.shell[noun.name]}
                    </Link>
                ))}
            </nav>
            <div className="right">
                <TasksButton />
                <AccountMenu />
                <LanguageSwitch />
            </div>
        </header>
    );
}

/** The same navigation at phone width. */
function NounMenu({ nouns }: { nouns: readonly (typeof NOUNS)[number][] }) {
    const text = useText();
    const navigate = useNavigate();
    return (
        <Dropdown
            trigger={['click']}
            menu={{
                items: nouns.map((noun) => ({
                    key: noun.to,
                    label: text.shell[noun.name],
                    style: { minHeight: 44, minWidth: 200, fontSize: 16 },
                })),
                onClick: ({ key }) => void navigate({ to: key }),
            }}
        >
            <button type="button" className="bare menu-button" aria-label={text.shell.menu}>
                <Icon name="menu" size={20} />
            </button>
        </Dropdown>
    );
}

function AccountMenu() {
    const text = useText();
    const format = useFormat();
    const me = useMe();
    const navigate = useNavigate();
    const signOut = useSignOut();
    const unsent = useOfflineDrafts().length + usePhotos().length;
    const [leaving, setLeaving] = useState(false);
    const roles = format.list(me.roles.map((role) => text.person.roleNames[role]));
    return (
        <>
            <Dropdown
                trigger={['click']}
                menu={{
                    items: [
                        {
                            key: 'who',
                            type: 'group',
                            label: `${me.organisation.name} · ${me.person.name}${roles === '' ? '' : format.brackets(roles)}`,
                        },
                        { key: 'account', label: `${text.shell.changePassword} · ${text.shell.secondFactor}` },
                        { key: 'device', label: text.kit.title },
                        { type: 'divider' },
                        { key: 'keys', type: 'group', label: text.shell.shortcutList },
                        { type: 'divider' },
                        { key: 'out', label: text.shell.signOut },
                    ],
                    onClick: ({ key }) => {
                        if (key === 'account') void navigate({ to: '/account' });
                        if (key === 'device') void navigate({ to: '/on-device' });
                        if (key === 'out') unsent > 0 ? setLeaving(true) : void signOut();
                    },
                }}
            >
                <button type="button" className="bare who">
                    <span className="hidden-visually">{text.shell.account}</span>
                    <span className="cut">
                        <span className="long">{me.organisation.name} · </span>
                        {me.person.name}
                        <span className="long">{roles === '' ? '' : format.brackets(roles)}</span>
                    </span>
                    <Icon name="down" size={12} />
                </button>
            </Dropdown>
            {leaving && (
                <ConfirmDialogue
                    title={text.shell.signOut}
                    what={`${fill(text.kit.signOutUnsent, { count: unsent })} ${text.kit.signOutUnsentWhat}`}
                    error={undefined}
                    busy={false}
                    onClose={() => setLeaving(false)}
                    onConfirm={() => void signOut()}
                />
            )}
        </>
    );
}

function TasksButton() {
    const text = useText();
    const uploads = useUploads();
    const running = uploads.tasks.filter((task) => task.state !== 'done').length;
    if (uploads.tasks.length === 0) return null;
    return (
        <button
            type="button"
            className="bare"
            onClick={() => uploads.setOpen(true)}
            aria-label={running > 0 ? fill(text.shell.tasksRunning, { count: running }) : text.shell.tasks}
        >
            <Icon name="tasks" />
            <span className="badge">{running > 0 ? running : '✓'}</span>
        </button>
    );
}

/** The drawer's code is fetched when it is first opened. */
function Tasks() {
    const { open } = useUploads();
    const [wasOpen, setWasOpen] = useState(false);
    if (open && !wasOpen) setWasOpen(true);
    return (
        wasOpen && (
            <Suspense>
                <TasksDrawer />
            </Suspense>
        )
    );
}
