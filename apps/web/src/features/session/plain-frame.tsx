import type { ReactNode } from 'react';
import { useText, useTitle } from '../../app/language.tsx';
import { LanguageSwitch } from '../../app/language-switch.tsx';

/** Pages before the sign-in: the same bar, no navigation. */
export function PlainFrame({ title, wide, children }: { title: string; wide?: boolean; children: ReactNode }) {
    const text = useText();
    useTitle(title);
    return (
        <>
            <header className="top">
                <span className="brand">{text.product}</span>
                <span className="cut" style={{ opacity: 0.75 }}>
                    {text.tagline}
                </span>
                <div className="right">
                    <LanguageSwitch />
                </div>
            </header>
            <main>
                <div className={wide === true ? 'form-page' : 'narrow'}>
                    <div className="head">
                        <h1>{title}</h1>
                    </div>
                    {children}
                </div>
            </main>
        </>
    );
}
