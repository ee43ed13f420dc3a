package io.portolan.ssh.internal.packet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in arrays, and comparing without telling where the difference is. */
final class Octets {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private Octets() {}

    static int getInt(byte[] array, int offset) {
        return (int) INT.get(array, offset);
    }

    static void putInt(byte[] array, int offset, int value) {
        INT.set(array, offset, value);
    }

    /** Compares in a time that depends on the length only. */
    static boolean equal(byte[] one, int oneOffset, byte[] other, int otherOffset, int length) {
        int difference = 0;
        for (int i = 0; i < length; i++) {
            difference |= one[oneOffset + i] ^ other[otherOffset + i];
        }
        return difference == 0;
    }
}
