import { useText } from '../app/language.tsx';
import { Empty, PageHead } from '../app/page.tsx';
import { useMe } from '../app/session.ts';

export function NothingPage() {
    const text = useText();
    const { person } = useMe();
    return (
        <>
            <PageHead title={person.name} />
            <div className="card">
                <Empty title={text.person.rolesEmpty} what={text.shell.nothing} />
            </div>
        </>
    );
}
