import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useText } from '../../app/language.tsx';
import { Card } from '../../app/page.tsx';
import { queryClient } from '../../app/query.ts';
import { sessionQuery } from '../../app/session.ts';
import { PasswordForm } from './password-form.tsx';
import { PlainFrame } from './plain-frame.tsx';
import { useSignOut } from './use-sign-out.ts';

/** Nothing else opens before the first password is replaced. */
export function FirstPasswordPage() {
    const text = useText();
    const navigate = useNavigate();
    const signOut = useSignOut();
    return (
        <PlainFrame title={text.session.passwordFirstTitle}>
            <Card>
                <div className="body">
                    <p className="soft" style={{ marginBottom: 16 }}>
                        {text.session.passwordFirstWhat}
                    </p>
                    <PasswordForm
                        onDone={() => {
                            queryClient.removeQueries({ queryKey: sessionQuery.queryKey });
                            void navigate({ to: '/', replace: true });
                        }}
                    />
                </div>
            </Card>
            <Button type="link" onClick={() => void signOut()}>
                {text.shell.signOut}
            </Button>
        </PlainFrame>
    );
}
