import { dayOf } from '@liuhen/domain';
import { serverTime } from '../../platform/clock-guard.ts';
import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Session } from '../../platform/http/session.ts';
import type { Services } from '../../platform/services.ts';
import { gradeParty, importGrades, previewGrades } from './grade.commands.ts';
import { partyGrades } from './grade.queries.ts';
import { previewGradeImport } from './grade-import.commands.ts';
import { confirmImport, previewImport, withdrawImport } from './import.commands.ts';
import { getImport, listImportRows, listImports } from './import.queries.ts';
import { addLicence, changeLicence } from './licence.commands.ts';
import { confirmMerge, endMergeProposal, proposeMerge, undoMerge } from './merge.commands.ts';
import { listMerges, previewMerge } from './merge.queries.ts';
import { changeParty, changeRepresentative, createParty, renameParty } from './party.commands.ts';
import { getParty, likeParty, listParties } from './party.queries.ts';
import { timelineOf } from './party-timeline.queries.ts';
import {
    addPremises,
    addSite,
    changePremises,
    changeSite,
    closePremises,
    closeSite,
    reopenPremises,
    reopenSite,
} from './premises.commands.ts';

export const partyHandlers = (services: Services): SomeHandlers<'party'> => {
    const { db, clock } = services;
    const own = ({ session }: { session: Session }) => session.subject.organisationId;
    const time = () => serverTime(services);
    const today = () => dayOf(clock.now());
    return {
        'party.list': async ({ session, query }) =>
            db.read({ readOrgs: [own({ session })] }, (read) => listParties(read, own({ session }), query, time())),
        'party.get': async ({ session, params }) =>
            db.read({ readOrgs: [own({ session })] }, (read) => getParty(read, own({ session }), params.id, time())),
        'party.timeline': async ({ session, query }) =>
            db.read({ readOrgs: [own({ session })] }, (read) => timelineOf(read, own({ session }), query, session.subject)),
        'party.duplicates': async ({ session, params }) =>
            db.read({ readOrgs: [own({ session })] }, (read) => likeParty(read, own({ session }), params.id)),
        'party.grades': async ({ session, params }) =>
            db.read({ readOrgs: [own({ session })] }, (read) =>
                partyGrades(read, own({ session }), params.id, { day: today(), at: clock.now() }),
            ),
        'party.grade': async ({ command, params, body }) => gradeParty(services, command, params.id, body),
        'party.importGrades': async ({ session, command, body }) =>
            body.apply
                ? importGrades(services, command, body)
                : db.read({ readOrgs: [own({ session })] }, (read) => previewGrades(read, own({ session }), body, today())),
        'party.create': async ({ command, body }) => createParty(services, command, body),
        'party.update': async ({ command, params, body }) => changeParty(services, command, params.id, body),
        'party.rename': async ({ command, params, body }) => renameParty(services, command, params.id, body),
        'party.changeRepresentative': async ({ command, params, body }) =>
            changeRepresentative(services, command, params.id, body),
        'party.addPremises': async ({ command, params, body }) => addPremises(services, command, params.id, body),
        'party.updatePremises': async ({ command, params, body }) => changePremises(services, command, params.id, body),
        'party.closePremises': async ({ command, params, body }) => closePremises(services, command, params.id, body),
        'party.reopenPremises': async ({ command, params, body }) => reopenPremises(services, command, params.id, body),
        'party.addSite': async ({ command, params, body }) => addSite(services, command, params.id, body),
        'party.updateSite': async ({ command, params, body }) => changeSite(services, command, params.id, body),
        'party.closeSite': async ({ command, params, body }) => closeSite(services, command, params.id, body),
        'party.reopenSite': async ({ command, params, body }) => reopenSite(services, command, params.id, body),
        'party.addLicence': async ({ command, params, body }) => addLicence(services, command, params.id, body),
        'party.previewImport': async ({ command, body }) => previewImport(services, command, body),
        'party.imports': async ({ session, query }) =>
            db.read({ readOrgs: [own({ session })] }, (read) => listImports(read, own({ session }), query)),
        'party.getImport': async ({ session, params }) =>
            db.read({ readOrgs: [own({ session })] }, (read) => getImport(read, own({ session }), params.id)),
        'party.importRows': async ({ session, query }) =>
            db.read({ readOrgs: [own({ session })] }, (read) => listImportRows(read, own({ session }), query)),
        'party.confirmImport': async ({ command, params, body }) => confirmImport(services, command, params.id, body),
        'party.withdrawImport': async ({ command, params, body }) => withdrawImport(services, command, params.id, body),
        'party.previewGradeImport': async ({ command, body }) => previewGradeImport(services, command, body),
        'party.confirmGradeImport': async ({ command, params, body }) =>
            confirmImport(services, command, params.id, body, 'grades'),
        'party.withdrawGradeImport': async ({ command, params, body }) =>
            withdrawImport(services, command, params.id, body, 'grades'),
        'party.previewMerge': async ({ session, params, query }) =>
            db.read({ readOrgs: [own({ session })] }, (read) =>
                previewMerge(read, own({ session }), params.id, query.survivorId),
            ),
        'party.merges': async ({ session, query }) =>
            db.read({ readOrgs: [own({ session })] }, (read) => listMerges(read, own({ session }), query)),
        'party.proposeMerge': async ({ command, body }) => proposeMerge(services, command, body),
        'party.confirmMerge': async ({ command, params, body }) => confirmMerge(services, command, params.id, body),
        'party.rejectMerge': async ({ command, params, body }) => endMergeProposal(services, command, params.id, body),
        'party.undoMerge': async ({ command, params, body }) => undoMerge(services, command, params.id, body),
        'party.updateLicence': async ({ command, params, body }) => changeLicence(services, command, params.id, body),
    };
};
