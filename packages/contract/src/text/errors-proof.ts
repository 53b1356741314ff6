/** Why something about daily sheets and time-stamps was refused. */
export const proofErrorsZh = {
    'ledger.sheetNone': '{day} 没有签过检查点，当日没有核对单',
    'ledger.sheetUnreadable': '这不是检查点的全文，请重新扫描二维码',
};

export const proofErrorsEn: typeof proofErrorsZh = {
    'ledger.sheetNone': 'No checkpoint was signed on {day}, so there is no sheet of that day',
    'ledger.sheetUnreadable': 'This is not the whole text of a checkpoint; scan the code again',
};
