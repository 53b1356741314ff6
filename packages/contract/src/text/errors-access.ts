/** Why something about retrieval as evidence was refused. */
export const accessErrorsZh = {
    'retrieval.notFound': '没有这次调取，或者您无权查看',
    'retrieval.nothing': '没有可以调取的音像资料',
    'retrieval.tooMany': '一次最多调取 {most} 份音像资料，请分几次申请',
    'retrieval.sourceUnclear': '请写明从哪个执法行为、哪个案件调取，或者选定音像资料，只选一种',
    'retrieval.notYours': '只有承办该执法行为或案件的人员和音像管理员可以这样做',
    'retrieval.recordingUnusable': '“{name}”尚未封存，或者已经损坏、被隔离，不能作为证据调取',
    'retrieval.wrongState': '这次调取的状态已经改变，请刷新后再看',
    'retrieval.ownRequest': '不能审批本人提出的调取申请，请由另一位机构负责人审批',
};

export const accessErrorsEn: typeof accessErrorsZh = {
    'retrieval.notFound': 'There is no such retrieval, or you may not see it',
    'retrieval.nothing': 'There is no recording to retrieve',
    'retrieval.tooMany': 'At most {most} recordings can be retrieved at once; ask in several requests',
    'retrieval.sourceUnclear': 'State one act, or one case, or choose recordings, and only one of these',
    'retrieval.notYours': 'Only those who work on the act or case, and the recordings manager, can do this',
    'retrieval.recordingUnusable': '"{name}" is not sealed yet, is damaged or in quarantine, and cannot be retrieved as evidence',
    'retrieval.wrongState': 'This retrieval has changed meanwhile; load the page again',
    'retrieval.ownRequest': 'Nobody decides on a request of their own; another head of the institution has to',
};
