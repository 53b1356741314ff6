import { Fragment, type ReactNode } from 'react';
import { useText, useTitle } from './language.tsx';

export type Status = 'held' | 'act' | 'judge' | 'broken';

type HeadProps = {
    title: string;
    /** At most one coloured tag. */
    tag?: ReactNode;
    /** One line of facts. */
    facts?: ReactNode;
    crumb?: ReactNode;
    /** Buttons; only the next sensible one is filled. */
    actions?: ReactNode;
};

/** First thing on every page: what is this, how does it stand, what is next. */
export function PageHead({ title, tag, facts, crumb, actions }: HeadProps) {
    useTitle(title);
    return (
        <>
            {crumb !== undefined && <div className="crumb">{crumb}</div>}
            <div className="head">
                <div>
                    <h1>
                        {title} {tag}
                    </h1>
                    {facts !== undefined && <div className="sub">{facts}</div>}
                </div>
                {actions !== undefined && actions !== false && actions !== null && <div className="do">{actions}</div>}
            </div>
        </>
    );
}

type CardProps = {
    title?: ReactNode;
    small?: ReactNode;
    right?: ReactNode;
    children: ReactNode;
    id?: string;
    label?: string;
    screenOnly?: boolean;
};

export function Card({ title, small, right, children, id, label, screenOnly }: CardProps) {
    const name = label ?? (typeof title === 'string' ? title : undefined);
    return (
        <section
            className={screenOnly === true ? 'card no-print' : 'card'}
            id={id}
            {...(name === undefined ? {} : { 'aria-label': name })}
        >
            {title !== undefined && (
                <header>
                    <h2>{title}</h2>
                    {small !== undefined && <small>{small}</small>}
                    {right !== undefined && <div className="right">{right}</div>}
                </header>
            )}
            {children}
        </section>
    );
}

export const Dot = ({ status }: { status: Status | 'brand' }) => <span className={`dot dot-${status}`} aria-hidden="true" />;

export const Tag = ({ status, children }: { status?: Status | 'brand' | undefined; children: ReactNode }) => (
    <span className={status === undefined ? 'tag' : `tag tag-${status}`}>{children}</span>
);

/** Says what will be here and how it gets here. */
export const Empty = ({ title, what, action }: { title: string; what: string; action?: ReactNode }) => (
    <div className="empty">
        <strong>{title}</strong>
        <p>{what}</p>
        {action}
    </div>
);

/** Nothing for 300 ms, then words. */
export function Waiting({ words }: { words?: string }) {
    const text = useText();
    return (
        <div className="waiting" role="status">
            {words ?? text.common.loading}
        </div>
    );
}

/** Pairs of name and value; empty values show a dash, so that nothing looks forgotten. */
export function Facts({ of }: { of: readonly (readonly [name: ReactNode, value: ReactNode, key?: string])[] }) {
    const text = useText();
    return (
        <dl className="facts">
            {of.map(([name, value, key]) => (
                <Pair key={key ?? String(name)} name={name} value={value ?? <span className="faint">{text.common.none}</span>} />
            ))}
        </dl>
    );
}

const Pair = ({ name, value }: { name: ReactNode; value: ReactNode }) => (
    <>
        <dt>{name}</dt>
        <dd>{value}</dd>
    </>
);

/** Facts in one line, parted by dots; absent ones leave no trace. A fact goes to the next line as a whole where it can. */
export const Line = ({ of }: { of: readonly ReactNode[] }) => {
    const said = of.filter((each) => each !== null && each !== undefined && each !== false && each !== '');
    return said.map((each, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: fixed order, no state inside
        <Fragment key={index}>
            <span className="fact">
                {each}
                {index < said.length - 1 && '\u00a0·'}
            </span>
            {index < said.length - 1 && ' '}
        </Fragment>
    ));
};
