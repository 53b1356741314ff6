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
    'retrieval.notVouched': '日志中没有“{name}”的摘要，不能证明它的来历，不能装入证据包',
    'retrieval.verifierMissing':
        '服务器上没有生成核验网页（verify.html），没有它不制作证据包；请系统管理员运行 npm run build:verify 查明原因后重新制作',
    'retrieval.notPackaged': '这次调取还没有证据包',
    'retrieval.downloadNotFound': '取出证据包要先登记，请回到调取页面再取一次',
    'retrieval.packageDamaged': '留存的证据包与登记的摘要不一致，不能取出；请通知系统管理员',
    'retrieval.receivedBefore': '接收时间早于证据包制成的时间，请核对',
    'retrieval.receivedInFuture': '接收时间还没有到，请核对',
    'retrieval.tooManyPapers': '一次调取最多附 {most} 份签收单',
    'retrieval.paperNotFound': '没有这份签收单，或者您无权查看',
    'retrieval.discsImpossible': '服务器上没有安装制作光盘映像的程序 xorriso，请系统管理员安装；ZIP 证据包不受影响',
    'retrieval.discsMade': '这种光盘的映像已经制成',
    'retrieval.discsBeingMade': '这种光盘的映像正在制作',
    'retrieval.discsNotFound': '没有这组光盘，或者您无权查看',
    'retrieval.discFailed': '制作光盘映像的程序没有正常结束，请再试一次；仍不成功的，请系统管理员查看运行日志',
    'retrieval.discTooLarge': '制成的光盘映像超过光盘容量，没有采用；请系统管理员查看运行日志',
    'retrieval.tooManyDiscs': '光盘数量超过 {most} 张，请改用容量较大的光盘，或者使用 ZIP 证据包',
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
    'retrieval.notVouched':
        'No entry holds the digests of "{name}", so where it comes from cannot be proven and it cannot be packed',
    'retrieval.verifierMissing':
        'The server has no page that verifies (verify.html), and makes no package without it; the system administrator runs npm run build:verify to see why, then it can be begun again',
    'retrieval.notPackaged': 'There is no evidence package of this retrieval yet',
    'retrieval.downloadNotFound': 'Fetching the package is registered first; fetch it again from the page of the retrieval',
    'retrieval.packageDamaged':
        'The package kept differs from the digest registered and cannot be fetched; tell the system administrator',
    'retrieval.receivedBefore': 'It cannot have been received before the package was made; check the time',
    'retrieval.receivedInFuture': 'The time of receipt has not come yet; check it',
    'retrieval.tooManyPapers': 'At most {most} signed receipts can be added to a retrieval',
    'retrieval.paperNotFound': 'There is no such receipt, or you may not see it',
    'retrieval.discsImpossible':
        'The program that makes images of discs, xorriso, is not installed on the server; ask the administrator to install it. The package as a ZIP is not affected',
    'retrieval.discsMade': 'The images of this kind of disc are there already',
    'retrieval.discsBeingMade': 'The images of this kind of disc are being made',
    'retrieval.discsNotFound': 'There are no such discs, or you may not see them',
    'retrieval.discFailed':
        'The program that makes images of discs did not end well. Try again; if that does not help, ask the administrator to look at the log of the server',
    'retrieval.discTooLarge':
        'The image is larger than the disc and was not kept. Ask the administrator to look at the log of the server',
    'retrieval.tooManyDiscs': 'There would be more than {most} discs. Choose larger discs, or use the package as a ZIP',
};
