import { DomainError, type Id } from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Services } from '../../platform/services.ts';
import { constraintOf } from './constraint.ts';
import { insertDepartment } from './department.store.ts';

/** `department.nameTaken` */
export function createDepartment(services: Services, context: CommandContext, name: string): Promise<{ id: Id }> {
    return runCommand(services.commands, context, 'department.create', async (tx) => {
        const id = await insertDepartment(tx, name).catch((error: unknown) => {
            throw constraintOf(error) === 'department_name' ? new DomainError('department.nameTaken') : error;
        });
        return { result: { id }, events: [{ kind: 'department.created', creates: [id], objects: [tx.orgId], body: { name } }] };
    });
}
