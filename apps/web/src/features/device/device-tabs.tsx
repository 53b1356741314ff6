import { Link } from '@tanstack/react-router';
import { useText } from '../../app/language.tsx';
import { useMay } from '../../app/session.ts';
import { Tabs } from '../../app/tabs.tsx';

/** The pages about devices: the register, who has what, rooms, models, and the check before use. */
export function DeviceTabs() {
    const text = useText();
    const may = useMay();
    return (
        <Tabs label={text.device.title}>
            <Link to="/devices" activeOptions={{ exact: true, includeSearch: false }}>
                {text.device.title}
            </Link>
            <Link to="/devices/coverage" activeOptions={{ includeSearch: false }}>
                {text.coverage.title}
            </Link>
            <Link to="/devices/rooms" activeOptions={{ includeSearch: false }}>
                {text.room.title}
            </Link>
            <Link to="/devices/models" activeOptions={{ includeSearch: false }}>
                {text.model.title}
            </Link>
            {may('device.use') && (
                <Link to="/devices/check" activeOptions={{ includeSearch: false }}>
                    {text.precheck.title}
                </Link>
            )}
        </Tabs>
    );
}
