import { Link } from '@tanstack/react-router';
import { useText } from '../../app/language.tsx';
import { useMay } from '../../app/session.ts';
import { Tabs } from '../../app/tabs.tsx';

/** The pages about the notice: its text, and the registers that it asks for. */
export function ComplianceTabs() {
    const text = useText();
    const may = useMay();
    return (
        <Tabs label={text.shell.compliance}>
            <Link to="/compliance" activeOptions={{ exact: true, includeSearch: false }}>
                {text.compliance.title}
            </Link>
            {may('finding.list') && (
                <>
                    <Link to="/compliance/findings" activeOptions={{ includeSearch: false }}>
                        {text.ruleFinding.title}
                    </Link>
                    <Link to="/compliance/interruptions" activeOptions={{ includeSearch: false }}>
                        {text.interruption.title}
                    </Link>
                </>
            )}
            <Link to="/compliance/attestations" activeOptions={{ includeSearch: false }}>
                {text.attestation.title}
            </Link>
            <Link to="/compliance/outcomes" activeOptions={{ includeSearch: false }}>
                {text.outcome.title}
            </Link>
            {may('training.view') && (
                <>
                    <Link to="/compliance/trainings" activeOptions={{ includeSearch: false }}>
                        {text.training.title}
                    </Link>
                    <Link to="/compliance/training-due" activeOptions={{ includeSearch: false }}>
                        {text.training.due}
                    </Link>
                </>
            )}
            {may('finding.list') && (
                <Link to="/compliance/statistics" activeOptions={{ includeSearch: false }}>
                    {text.statistics.title}
                </Link>
            )}
        </Tabs>
    );
}
