/** What a package is found to be as a whole. The worse stands later. */
export const PACKAGE_RESULTS = ['valid', 'incomplete', 'invalid', 'unreadable'] as const;
export type PackageResult = (typeof PACKAGE_RESULTS)[number];

/** Everything that can be found of a package, and what it makes of it. */
export const PACKAGE_FINDINGS = {
    /** No `manifest.json`: no package. */
    'package.noManifest': 'unreadable',
    /** The manifest is not of the form; `reason` is the code of the refusal. */
    'package.manifest': 'unreadable',
    'package.fileMissing': 'incomplete',
    /** Size or SHA-256 of a file is not what the manifest says. */
    'package.fileDiffers': 'invalid',
    /** A file that the manifest does not list. */
    'package.fileSurplus': 'invalid',
    /** A file that a desktop puts into folders (`.DS_Store`): it is none of the package, and proves nothing. */
    'package.desktopFile': 'valid',
    /** The list of segments or the number of the disc is missing or not of the form; `reason` is the code of the refusal. */
    'package.segments': 'unreadable',
    /** The list of segments does not say of each file of the manifest where all its bytes are, and no more. */
    'package.segmentsDiffer': 'invalid',
    /** A piece of a file is not what the list of segments says. */
    'package.segmentDiffers': 'invalid',
    /** A folder beside the others that is no disc of this package. */
    'package.volumeOther': 'invalid',
    /** A disc was not read; `reason` is its number. */
    'package.volumeMissing': 'incomplete',
    /** A disc, `reason`, has pieces whose beginnings lie on one that was read after it or not at all: it has to be read again. */
    'package.volumeAgain': 'incomplete',
    /** The bytes of an item have another SM3 digest. */
    'package.sm3Differs': 'invalid',
    /** The entry does not vouch for these bytes of this item. */
    'package.itemUnbound': 'invalid',
    'package.entryMalformed': 'invalid',
    /** The entry is of another log than the manifest says, or its proof of another place. */
    'package.entryElsewhere': 'invalid',
    'package.entrySignature': 'invalid',
    /** Whose key signed the entry is not in the package. */
    'package.keyMissing': 'incomplete',
    /** The entry that introduced the key says something else, or its body is not in the package. */
    'package.keyDiffers': 'invalid',
    'package.keyUnproven': 'incomplete',
    'package.bodyDiffers': 'invalid',
    /** The proof does not hold; `reason` is the code of the refusal. */
    'package.proof': 'invalid',
    /** No log of the policy is called so. */
    'package.unknownLog': 'incomplete',
    /** Too few witnesses have cosigned. */
    'package.quorum': 'incomplete',
    /** The proof under the second head does not hold. */
    'package.smProof': 'invalid',
    /** A time-stamp does not hold; `reason` is the code of the refusal. */
    'package.timestamp': 'invalid',
    /** A checkpoint that stands alone was not signed by a log of the policy, or its joining to those of the proofs does not hold. */
    'package.checkpoint': 'invalid',
    /** The policy names authorities, and a time-stamp leads to none of them. */
    'package.timestampAuthority': 'incomplete',
    /** A time-stamp is about a checkpoint that nothing joins to those of the proofs. */
    'package.timestampApart': 'incomplete',
    /** The entry that is to be the consent is of another kind. */
    'package.consent': 'invalid',
    /** The receipt is about another manifest. */
    'package.receiptDiffers': 'invalid',
    /** Nobody gave a policy from elsewhere. */
    'package.ownPolicy': 'incomplete',
    /** No policy at all. */
    'package.noPolicy': 'incomplete',
    'package.policy': 'invalid',
} as const satisfies Record<string, PackageResult>;
export type PackageFindingCode = keyof typeof PACKAGE_FINDINGS;

export type PackageFinding = {
    readonly code: PackageFindingCode;
    /** The file it is about. */
    readonly path?: string;
    /** The code of a refusal (`note.badSignature`), or the number of a disc. */
    readonly reason?: string;
    /** The number of the disc on which it was found, where there are several. */
    readonly volume?: number;
};

/** The worst of what was found. */
export const resultOf = (findings: readonly PackageFinding[]): PackageResult =>
    findings.reduce<PackageResult>((worst, { code }) => {
        const here = PACKAGE_FINDINGS[code];
        return PACKAGE_RESULTS.indexOf(here) > PACKAGE_RESULTS.indexOf(worst) ? here : worst;
    }, 'valid');

/**
 * What no package proves, or this one does not. The first four hold always: a log says what was handed in and when, not what
 * happened before a lens.
 */
export const NOT_PROVEN = [
    /** That what was filmed happened so, was filmed whole, or was not staged. */
    'truth',
    /** That there is nothing else. */
    'completeness',
    /** What happened to the bytes before they were handed in. */
    'before',
    /** That the verifier in the package is sound. */
    'verifier',
    /** Names, recipient, reason: there is no receipt. */
    'words',
    /** Who made the time-stamps: the policy names no such authority. */
    'timestamps',
    /** Times are those of the server: neither a witness nor a believed authority saw the log. */
    'times',
    /** The keys are those that the package itself names. */
    'keys',
] as const;
export type NotProven = (typeof NOT_PROVEN)[number];
