package io.portolan.sftp.server.testing;

import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.attributes.AttributeCodec;
import io.portolan.sftp.internal.attributes.SftpAttributes;
import io.portolan.ssh.internal.wire.SshWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client says in a valid session of a version in which it asks for everything that there is: packets of SFTP, without their lengths. Handles are those that the
 * server gives when the packets are answered one after the other on a channel of its own, over an empty tree.
 */
public final class SampleSession {

    private static final String UP = "/d/up";
    private static final byte[] CONTENT =
            "some octets of content\r\nand another line\r\n".getBytes(StandardCharsets.US_ASCII);

    private final int version;
    private final List<byte[]> packets = new ArrayList<>();
    private int id;
    private int handle;

    private SampleSession(int version) {
        this.version = version;
        packets.add(new SshWriter()
                .writeByte(SftpMessageNumber.INIT.number())
                .writeUint32(version)
                .toByteArray());
        upload();
        download();
        listing();
        names();
        extensions();
        end();
    }

    /** The packets of a version, 3 to 6. */
    public static List<byte[]> packets(int version) {
        return List.copyOf(new SampleSession(version).packets);
    }

    private SshWriter begin(SftpMessageNumber message) {
        return new SshWriter().writeByte(message.number()).writeUint32(++id);
    }

    private void add(SshWriter packet) {
        packets.add(packet.toByteArray());
    }

    private void addPath(SftpMessageNumber message, String path) {
        add(begin(message).writeString(path));
    }

    private SshWriter on(SftpMessageNumber message, int opened) {
        return begin(message).writeString(new SshWriter().writeUint32(opened).toByteArray());
    }

    private SshWriter extended(String name) {
        return begin(SftpMessageNumber.EXTENDED).writeString(name);
    }

    private SshWriter extended(String name, int opened) {
        return extended(name).writeString(new SshWriter().writeUint32(opened).toByteArray());
    }

    private SshWriter attributes(SshWriter packet, SftpAttributes attributes) {
        AttributeCodec.write(packet, attributes, version);
        return packet;
    }

    private int open(String path, boolean write) {
        SshWriter packet = begin(SftpMessageNumber.OPEN).writeString(path);
        if (version < 5) {
            packet.writeUint32(write ? 0x1a : 1);
        } else {
            // WRITE_DATA, CREATE_TRUNCATE; READ_DATA, OPEN_EXISTING
            packet.writeUint32(write ? 2 : 1).writeUint32(write ? 1 : 2);
        }
        add(attributes(packet, SftpAttributes.NONE));
        return ++handle;
    }

    private void upload() {
        addPath(SftpMessageNumber.REALPATH, ".");
        add(attributes(begin(SftpMessageNumber.MKDIR).writeString("/d"), SftpAttributes.NONE));
        int up = open(UP, true);
        for (int i = 0; i < 3; i++) {
            add(on(SftpMessageNumber.WRITE, up)
                    .writeUint64((long) i * CONTENT.length)
                    .writeString(CONTENT));
        }
        SshWriter look = on(SftpMessageNumber.FSTAT, up);
        add(version == 3 ? look : look.writeUint32(0xffff_ffffL));
        add(extended("fsync@openssh.com", up));
        add(attributes(
                on(SftpMessageNumber.FSETSTAT, up),
                SftpAttributes.builder().permissions(0640).build()));
        add(on(SftpMessageNumber.CLOSE, up));
    }

    private void download() {
        int down = open(UP, false);
        add(on(SftpMessageNumber.READ, down).writeUint64(0).writeUint32(32_768));
        add(on(SftpMessageNumber.READ, down).writeUint64(10).writeUint32(5));
        if (version == 6) {
            add(on(SftpMessageNumber.BLOCK, down).writeUint64(0).writeUint64(10).writeUint32(0x240));
            add(on(SftpMessageNumber.UNBLOCK, down).writeUint64(0).writeUint64(10));
        }
        add(extended("check-file-handle", down)
                .writeString("sha256,md5")
                .writeUint64(0)
                .writeUint64(0)
                .writeUint32(256));
        add(extended("md5-hash-handle", down).writeUint64(0).writeUint64(10).writeString(""));
        int copy = open("/d/copy", true);
        add(extended("copy-data", down)
                .writeUint64(0)
                .writeUint64(0)
                .writeString(new SshWriter().writeUint32(copy).toByteArray())
                .writeUint64(0));
        add(on(SftpMessageNumber.CLOSE, copy));
        add(on(SftpMessageNumber.CLOSE, down));
    }

    private void listing() {
        addPath(SftpMessageNumber.OPENDIR, "/d");
        handle++;
        add(on(SftpMessageNumber.READDIR, handle));
        add(on(SftpMessageNumber.READDIR, handle));
        add(on(SftpMessageNumber.CLOSE, handle));
    }

    private void names() {
        SshWriter look = begin(SftpMessageNumber.STAT).writeString(UP);
        add(version == 3 ? look : look.writeUint32(0xffff_ffffL));
        SshWriter lookAtLink = begin(SftpMessageNumber.LSTAT).writeString(UP);
        add(version == 3 ? lookAtLink : lookAtLink.writeUint32(0xffff_ffffL));
        add(attributes(
                begin(SftpMessageNumber.SETSTAT).writeString(UP),
                SftpAttributes.builder().size(30).build()));
        if (version == 6) {
            add(begin(SftpMessageNumber.LINK)
                    .writeString("/d/link")
                    .writeString("up")
                    .writeBoolean(true));
            add(begin(SftpMessageNumber.REALPATH).writeString("/d").writeByte(2).writeString("link"));
        } else {
            add(begin(SftpMessageNumber.SYMLINK).writeString("up").writeString("/d/link"));
        }
        addPath(SftpMessageNumber.READLINK, "/d/link");
        SshWriter rename =
                begin(SftpMessageNumber.RENAME).writeString("/d/copy").writeString("/d/copied");
        add(version < 5 ? rename : rename.writeUint32(0));
    }

    private void extensions() {
        add(extended("posix-rename@openssh.com").writeString("/d/copied").writeString("/d/copy"));
        add(attributes(
                extended("lsetstat@openssh.com").writeString("/d/copy"),
                SftpAttributes.builder().permissions(0600).build()));
        add(extended("limits@openssh.com"));
        add(extended("expand-path@openssh.com").writeString("~/d"));
        add(extended("home-directory").writeString(""));
        add(extended("copy-file").writeString(UP).writeString("/d/third").writeBoolean(true));
        add(extended("check-file-name")
                .writeString(UP)
                .writeString("md5")
                .writeUint64(0)
                .writeUint64(20)
                .writeUint32(0));
        add(extended("md5-hash").writeString(UP).writeUint64(0).writeUint64(10).writeString(""));
        add(extended("users-groups-by-id@openssh.com").writeString(new byte[8]).writeString(new byte[4]));
    }

    private void end() {
        for (String name : List.of("link", "copy", "third", "up")) {
            addPath(SftpMessageNumber.REMOVE, "/d/" + name);
        }
        addPath(SftpMessageNumber.RMDIR, "/d");
    }
}
