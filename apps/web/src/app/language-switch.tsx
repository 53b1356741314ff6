import { useLanguage, useText } from './language.tsx';

export function LanguageSwitch() {
    const text = useText();
    const { language, setLanguage } = useLanguage();
    return (
        <button
            type="button"
            className="bare nowrap"
            aria-label={text.language.switch}
            lang={language === 'en' ? 'zh-CN' : 'en'}
            onClick={() => setLanguage(language === 'en' ? 'zh-CN' : 'en')}
        >
            {language === 'en' ? '中文' : 'EN'}
        </button>
    );
}
