import { Link } from '@tanstack/react-router';
import { useText } from '../../app/language.tsx';
import { Tabs } from '../../app/tabs.tsx';

/** Documents, and the registers that go with them. */
export function DocumentTabs() {
    const text = useText();
    const { tabs } = text.documentRegisters;
    return (
        <Tabs label={text.document.title}>
            <Link to="/documents" activeOptions={{ exact: true, includeSearch: false }}>
                {tabs.documents}
            </Link>
            <Link to="/documents/numbers" activeOptions={{ includeSearch: false }}>
                {tabs.numbers}
            </Link>
            <Link to="/documents/blocks" activeOptions={{ includeSearch: false }}>
                {tabs.blocks}
            </Link>
            <Link to="/documents/seals" activeOptions={{ includeSearch: false }}>
                {tabs.seals}
            </Link>
            <Link to="/documents/forms">{tabs.forms}</Link>
        </Tabs>
    );
}
