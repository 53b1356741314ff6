import { useLanguage, useText } from './language.tsx';

export function LanguageSwitch() {
    const text = useText();
    const { language, setLanguage } = useLanguage();
    const other = language === 'en' ? '中文' : 'EN';
    return (
        <button
            type="button"
            className="bare nowrap"
            aria-label={`${other} · ${text.language.switch}`}
            lang={language === 'en' ? 'zh-CN' : 'en'}
            onClick={() => setLanguage(language === 'en' ? 'zh-CN' : 'en')}
        >
            {other}
        </button>
    );
}
