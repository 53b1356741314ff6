import { Link } from '@tanstack/react-router';
import { useText } from '../../app/language.tsx';
import { Tabs } from '../../app/tabs.tsx';

/** The log, and what is signed of it. */
export function LogTabs() {
    const text = useText();
    return (
        <Tabs label={text.log.title}>
            <Link to="/log" activeOptions={{ exact: true, includeSearch: false }}>
                {text.checkpoint.tabs.entries}
            </Link>
            <Link to="/log/checkpoints" activeOptions={{ includeSearch: false }}>
                {text.checkpoint.tabs.checkpoints}
            </Link>
            <Link to="/log/sheets" activeOptions={{ includeSearch: false }}>
                {text.daySheet.tab}
            </Link>
            <Link to="/log/checks" activeOptions={{ includeSearch: false }}>
                {text.logCheck.tab}
            </Link>
        </Tabs>
    );
}
