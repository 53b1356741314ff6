import { COMMAND_ID_HEADER, type Endpoint, ERRORS, endpoints } from '@liuhen/contract';
import { z } from 'zod';

const json = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });

/** OpenAPI 3.1 of every endpoint. */
export function openApi(): string {
    const paths: Record<string, Record<string, unknown>> = {};
    for (const [id, definition] of Object.entries(endpoints) as [string, Endpoint][]) {
        const path = definition.path.replace(/:(\w+)/g, '{$1}');
        paths[path] ??= {};
        paths[path][definition.method.toLowerCase()] = operation(id, definition);
    }
    const document = {
        openapi: '3.1.0',
        info: { title: 'Liuhen', version: '0.1.0', description: 'Whole-process record of health administrative law enforcement' },
        paths,
        components: {
            schemas: {
                Error: {
                    type: 'object',
                    required: ['code', 'params', 'requestId'],
                    properties: {
                        code: { type: 'string', enum: Object.keys(ERRORS) },
                        params: { type: 'object' },
                        requestId: { type: 'string' },
                    },
                },
            },
            securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'liuhen_session' } },
        },
    };
    return `${JSON.stringify(document, null, 1)}\n`;
}

function operation(id: string, definition: Endpoint) {
    const statuses = Map.groupBy(definition.errors, (code) => ERRORS[code]);
    return {
        operationId: id,
        summary: definition.summary,
        'x-permission': definition.permission,
        ...(definition.permission === 'public' ? {} : { security: [{ session: [] }] }),
        parameters: [
            ...parameters(definition.params, 'path'),
            ...parameters(definition.query, 'query'),
            ...commandId(definition),
        ],
        ...(definition.body === undefined
            ? {}
            : { requestBody: { required: true, content: { 'application/json': { schema: json(definition.body) } } } }),
        responses: {
            '200': {
                description: 'ok',
                content: { 'application/json': { schema: z.toJSONSchema(definition.response, { unrepresentable: 'any' }) } },
            },
            ...Object.fromEntries(
                [...statuses].map(([status, codes]) => [
                    status,
                    {
                        description: codes.join(', '),
                        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
                    },
                ]),
            ),
        },
    };
}

function parameters(schema: z.ZodType | undefined, place: 'path' | 'query') {
    if (schema === undefined) return [];
    const { properties = {}, required = [] } = json(schema) as { properties?: Record<string, unknown>; required?: string[] };
    return Object.entries(properties).map(([name, shape]) => ({
        name,
        in: place,
        required: place === 'path' || required.includes(name),
        schema: shape,
    }));
}

const commandId = (definition: Endpoint) =>
    definition.kind === 'command'
        ? [{ name: COMMAND_ID_HEADER, in: 'header', required: true, schema: { type: 'string', format: 'uuid' } }]
        : [];
