import { Link } from '@tanstack/react-router';
import { useText } from '../../app/language.tsx';
import { Tabs } from '../../app/tabs.tsx';

/** What is watched over about recordings: the term, what does not fit, what waits to be filed, and the record file. */
export function BoardTabs() {
    const text = useText();
    return (
        <Tabs label={text.recording.title}>
            <Link to="/recordings/board" activeOptions={{ includeSearch: false }}>
                {text.board.short}
            </Link>
            <Link to="/recordings/same-night" activeOptions={{ includeSearch: false }}>
                {text.night.title}
            </Link>
            <Link to="/recordings/filing" activeOptions={{ includeSearch: false }}>
                {text.filing.title}
            </Link>
            <Link to="/recordings/use-records" activeOptions={{ includeSearch: false }}>
                {text.useRecord.title}
            </Link>
        </Tabs>
    );
}
