import { concatBytes, parseSm2Signature, utf8Bytes } from '@liuhen/domain';
import { weierstrass } from '@noble/curves/abstract/weierstrass.js';
import { sm3 } from './sm3.ts';

/**
 * Verification of SM2 signatures as in GB/T 32918.2-2016 section 7, on the curve of GB/T 32918.5-2017, written out after
 * their steps so that it can be read beside them. Nothing here is secret. The arithmetic is that of @noble/curves.
 *
 * A signature is the ASN.1 of GB/T 35276-2017, in DER: SEQUENCE { r INTEGER, s INTEGER }. A public key is 0x04 ‖ x ‖ y.
 */

/** The user id that GB/T 35276 and GM/T 0009 name where nothing else was agreed. */
export const SM2_DEFAULT_USER_ID = '1234567812345678';

const P = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn;
const A = 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn;
const B = 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n;
const N = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
const GX = 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n;
const GY = 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n;
const BYTES = 32;

const Point = weierstrass({ p: P, a: A, b: B, n: N, h: 1n, Gx: GX, Gy: GY });

/** Whether `signature` over `message` is by the holder of `publicKey`. False too for what is no key and no signature. */
export function verifySm2(
    publicKey: Uint8Array,
    message: Uint8Array,
    signature: Uint8Array,
    userId: string = SM2_DEFAULT_USER_ID,
): boolean {
    const key = pointOf(publicKey);
    const numbers = parseSm2Signature(signature);
    if (key === undefined || numbers === undefined) return false;
    const { r, s } = numbers;
    // B1, B2: r and s from 1 to n - 1. B5: t is not zero.
    const t = (r + s) % N;
    if (r < 1n || r >= N || s < 1n || s >= N || t === 0n) return false;
    // B3, B4: e is the hash of Z and the message. B6, B7: R = e + x1 of the point [s]G + [t]P.
    const e = numberOf(sm3(concatBytes(sm2Identity(publicKey, userId), message)));
    const point = Point.BASE.multiply(s).add(key.multiply(t));
    return !point.is0() && (e + point.toAffine().x) % N === r;
}

/** Z of GB/T 32918.2 section 5.5: the hash of user id, curve and public key that stands before every message. */
export function sm2Identity(publicKey: Uint8Array, userId: string): Uint8Array {
    const id = utf8Bytes(userId);
    const length = Uint8Array.of((id.length * 8) >> 8, (id.length * 8) & 0xff);
    return sm3(concatBytes(length, id, ...[A, B, GX, GY].map(bytesOf), publicKey.subarray(1)));
}

function pointOf(publicKey: Uint8Array) {
    if (publicKey.length !== 1 + 2 * BYTES || publicKey[0] !== 0x04) return undefined;
    try {
        // Refuses what is not on the curve.
        return Point.fromBytes(publicKey);
    } catch {
        // Not a point of the curve: nobody's key.
        return undefined;
    }
}

const numberOf = (bytes: Uint8Array): bigint => bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);

const bytesOf = (number: bigint): Uint8Array =>
    Uint8Array.from({ length: BYTES }, (_, at) => Number((number >> BigInt(8 * (BYTES - 1 - at))) & 0xffn));
