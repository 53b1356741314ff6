import './app/styles/index.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { App as AntApp, ConfigProvider } from 'antd';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { LanguageProvider, useLanguage, useText } from './app/language.tsx';
import { queryClient } from './app/query.ts';
import { antdWords, theme } from './app/theme.ts';
import { UploadsProvider } from './features/recording/uploads-context.tsx';
import { router } from './routes/router.tsx';

function Themed() {
    const text = useText();
    const { language } = useLanguage();
    return (
        <ConfigProvider theme={theme} locale={antdWords(text, language)} button={{ autoInsertSpace: false }}>
            <AntApp component={false}>
                <RouterProvider router={router} />
            </AntApp>
        </ConfigProvider>
    );
}

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
    <StrictMode>
        <LanguageProvider>
            <QueryClientProvider client={queryClient}>
                <UploadsProvider>
                    <Themed />
                </UploadsProvider>
            </QueryClientProvider>
        </LanguageProvider>
    </StrictMode>,
);
