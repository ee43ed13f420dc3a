package io.portolan.sftp.internal.attributes;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;

/**
 * The form of an access control list: in versions 4 and 5 a count and its entries (draft-ietf-secsh-filexfer-04 section 5.7), from version 6 on flags before them
 * (-13 section 7.8). No file system of ours has such lists, so that they are only looked through, to keep rubbish from whoever gets them.
 */
final class AccessControlLists {

    /** How many entries are read: Windows, which has the longest lists, allows for 64 KiB of at least 36 octets each. */
    static final int MAX_ENTRIES = 1820;

    private AccessControlLists() {}

    static void check(byte[] list, int version) throws SshProtocolException {
        SshReader in = new SshReader(list);
        if (version >= 6) {
            in.readUint32();
        }
        long count = in.readUint32();
        if (count > MAX_ENTRIES) {
            throw SshProtocolException.malformed("an access control list of " + count + "; at most " + MAX_ENTRIES);
        }
        for (long i = 0; i < count; i++) {
            in.readUint32(); // its type
            in.readUint32(); // its flags
            in.readUint32(); // its mask
            in.readUtf8(AttributeCodec.MAX_PRINCIPAL);
        }
        in.expectEnd();
    }
}
