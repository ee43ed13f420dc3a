package io.portolan.testing.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Several messages in one input: each behind its length in two octets, so that a change of a length moves all borders behind it. */
public final class Messages {

    private Messages() {}

    public static byte[] join(List<byte[]> messages) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            all.write(message.length >> Byte.SIZE);
            all.write(message.length);
            all.writeBytes(message);
        }
        return all.toByteArray();
    }

    /** Of any input; the last message may be cut short. */
    public static List<byte[]> split(byte[] input) {
        List<byte[]> messages = new ArrayList<>();
        for (int at = 0; at + 2 <= input.length; ) {
            int length = (input[at] & 0xff) << Byte.SIZE | input[at + 1] & 0xff;
            int end = Math.min(at + 2 + length, input.length);
            messages.add(Arrays.copyOfRange(input, at + 2, end));
            at = end;
        }
        return messages;
    }
}
