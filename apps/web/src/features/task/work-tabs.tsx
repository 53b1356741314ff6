import { Link } from '@tanstack/react-router';
import { useText } from '../../app/language.tsx';
import { Tabs } from '../../app/tabs.tsx';

/** The four pages of the work to be done: tasks, and the three places they come from. */
export function WorkTabs() {
    const { tabs } = useText().task;
    return (
        <Tabs label={useText().task.title}>
            <Link to="/tasks" activeOptions={{ exact: true, includeSearch: false }}>
                {tabs.tasks}
            </Link>
            <Link to="/task-lists">{tabs.lists}</Link>
            <Link to="/plans">{tabs.plans}</Link>
            <Link to="/draws">{tabs.draws}</Link>
        </Tabs>
    );
}
