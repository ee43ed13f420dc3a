package io.portolan.sftp.server.internal.request;

import static io.portolan.sftp.server.internal.testing.NewerClient.APPEND_DATA;
import static io.portolan.sftp.server.internal.testing.NewerClient.CREATE_NEW;
import static io.portolan.sftp.server.internal.testing.NewerClient.CREATE_TRUNCATE;
import static io.portolan.sftp.server.internal.testing.NewerClient.OPEN_EXISTING;
import static io.portolan.sftp.server.internal.testing.NewerClient.OPEN_OR_CREATE;
import static io.portolan.sftp.server.internal.testing.NewerClient.READ_DATA;
import static io.portolan.sftp.server.internal.testing.NewerClient.TRUNCATE_EXISTING;
import static io.portolan.sftp.server.internal.testing.NewerClient.WRITE_DATA;
import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.FileSystems;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.ResumableUploads;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.internal.attributes.NameEntry;
import io.portolan.sftp.internal.attributes.SftpAttributes;
import io.portolan.sftp.internal.attributes.SftpFileType;
import io.portolan.sftp.server.internal.testing.Conversation;
import io.portolan.sftp.server.internal.testing.Conversation.Packet;
import io.portolan.sftp.server.internal.testing.NewerClient;
import io.portolan.ssh.internal.wire.SshWriter;
import io.portolan.testing.FaultyFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the versions after the third have of their own. */
class NewerRequestsTest {

    private static final int TEXT_OF_4 = 0x40;

    private final VirtualFileSystem files = InMemoryFileSystem.create();

    private final List<NewerClient> clients = new ArrayList<>();

    private NewerClient client(int version) throws Exception {
        return ending(new NewerClient(files, version));
    }

    private NewerClient ending(NewerClient client) {
        clients.add(client);
        return client;
    }

    @AfterEach
    void theChannelsGo() {
        clients.forEach(client -> client.conversation().end());
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6})
    void theDispositionSaysWhatIsToBeThere(int version) throws Exception {
        NewerClient client = client(version);

        assertThat(client.status(client.open("/f", WRITE_DATA, OPEN_EXISTING))).isEqualTo(SftpStatus.NO_SUCH_FILE);
        assertThat(client.status(client.open("/f", WRITE_DATA, TRUNCATE_EXISTING)))
                .isEqualTo(SftpStatus.NO_SUCH_FILE);
        byte[] created = client.opened("/f", WRITE_DATA, CREATE_NEW);
        assertThat(client.status(client.conversation().write(created, 0, "first")))
                .isEqualTo(SftpStatus.OK);
        client.close(created);
        assertThat(client.status(client.open("/f", WRITE_DATA, CREATE_NEW))).isEqualTo(SftpStatus.FILE_ALREADY_EXISTS);

        byte[] kept = client.opened("/f", WRITE_DATA, OPEN_OR_CREATE);
        assertThat(client.status(client.conversation().write(kept, 0, "F"))).isEqualTo(SftpStatus.OK);
        client.close(kept);
        assertThat(client.download("/f")).isEqualTo("First");

        client.close(client.opened("/f", WRITE_DATA, TRUNCATE_EXISTING));
        assertThat(client.download("/f")).isEqualTo("EOF");
        client.close(client.opened("/g", WRITE_DATA, OPEN_OR_CREATE));
        client.close(client.opened("/h", WRITE_DATA, CREATE_TRUNCATE));
        assertThat(client.download("/g") + client.download("/h")).isEqualTo("EOFEOF");
        assertThat(client.status(client.open("/f", WRITE_DATA, 5))).isEqualTo(SftpStatus.INVALID_PARAMETER.in(version));
    }

    @Test
    void appendingIsAFlagOrTheOnlyAccess() throws Exception {
        NewerClient client = client(6);
        client.upload("/f", "a");

        for (long flags : new long[] {0x8, 0x10}) {
            byte[] handle = client.opened("/f", WRITE_DATA, OPEN_EXISTING | flags);
            assertThat(client.status(client.conversation().write(handle, 0, "b")))
                    .isEqualTo(SftpStatus.OK);
            client.close(handle);
        }
        byte[] handle = client.opened("/f", APPEND_DATA, OPEN_EXISTING);
        assertThat(client.status(client.conversation().write(handle, 0, "c"))).isEqualTo(SftpStatus.OK);
        client.close(handle);

        assertThat(client.download("/f")).isEqualTo("abbc");
    }

    @ParameterizedTest
    @ValueSource(ints = {CREATE_NEW, CREATE_TRUNCATE, OPEN_OR_CREATE, TRUNCATE_EXISTING})
    void nothingIsMadeOrTruncatedWhereOnlyReadingIsAllowed(int disposition) throws Exception {
        NewerClient writer = client(6);
        writer.upload("/f", "kept");
        assertThat(writer.status(writer.open("/f", READ_DATA, disposition))).isEqualTo(SftpStatus.PERMISSION_DENIED);

        NewerClient reader = ending(new NewerClient(FileSystems.readOnly(files), 6));
        assertThat(reader.status(reader.open("/f", WRITE_DATA, disposition))).isNotEqualTo(SftpStatus.OK);
        assertThat(reader.status(reader.open("/new", WRITE_DATA | READ_DATA, disposition)))
                .isNotEqualTo(SftpStatus.OK);

        assertThat(writer.download("/f")).isEqualTo("kept");
        assertThat(writer.status(writer.path(SftpMessageNumber.STAT, "/new"))).isEqualTo(SftpStatus.NO_SUCH_FILE);
    }

    @Test
    void flagsAndAccessesThatAreNotSupportedAreRefused() throws Exception {
        NewerClient client = client(6);

        assertThat(client.status(client.open("/f", WRITE_DATA, CREATE_NEW | 0x1000)))
                .as("access to audit information")
                .isEqualTo(SftpStatus.OP_UNSUPPORTED);
        assertThat(client.status(client.open("/f", WRITE_DATA, CREATE_NEW | 0x80)))
                .as("a binding lock")
                .isEqualTo(SftpStatus.OP_UNSUPPORTED);
        assertThat(client.status(client.open("/f", 0x4000_0000, CREATE_NEW))).isEqualTo(SftpStatus.INVALID_PARAMETER);
        NewerClient older = client(5);
        assertThat(older.status(older.open("/f", WRITE_DATA, CREATE_NEW | 0x400)))
                .as("a flag of version 6")
                .isEqualTo(SftpStatus.OP_UNSUPPORTED);
    }

    @Test
    void aLinkIsNotFollowedIfThatIsNotWanted() throws Exception {
        NewerClient client = client(6);
        client.upload("/f", "content");
        assertThat(client.status(client.path(SftpMessageNumber.LINK, "/ln")
                        .writeString("/f")
                        .writeBoolean(true)))
                .isEqualTo(SftpStatus.OK);

        assertThat(client.status(client.open("/ln", READ_DATA, OPEN_EXISTING | 0x400)))
                .isEqualTo(SftpStatus.LINK_LOOP);
        client.close(client.opened("/f", READ_DATA, OPEN_EXISTING | 0x400));
        assertThat(client.download("/ln")).isEqualTo("content");
    }

    @Test
    void linksAreMadeWithTheNewOneFirst() throws Exception {
        NewerClient client = client(6);
        client.upload("/f", "content");

        assertThat(client.status(client.path(SftpMessageNumber.LINK, "/hard")
                        .writeString("/f")
                        .writeBoolean(false)))
                .isEqualTo(SftpStatus.OK);

        SftpAttributes attributes = client.attributes(client.ask(client.path(SftpMessageNumber.STAT, "/hard")));
        assertThat(attributes.type()).isEqualTo(SftpFileType.REGULAR);
        assertThat(attributes.linkCount()).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6})
    void renameReplacesOnlyIfItIsToldSo(int version) throws Exception {
        NewerClient client = client(version);
        client.upload("/a", "a");
        client.upload("/b", "b");

        assertThat(client.status(rename(client, 0))).isEqualTo(SftpStatus.FILE_ALREADY_EXISTS);
        assertThat(client.status(client.path(SftpMessageNumber.RENAME, "/a").writeString("/b")))
                .isEqualTo(SftpStatus.FILE_ALREADY_EXISTS);
        assertThat(client.status(rename(client, 8))).isEqualTo(SftpStatus.INVALID_PARAMETER.in(version));
        assertThat(client.status(rename(client, 1))).isEqualTo(SftpStatus.OK);
        assertThat(client.download("/b")).isEqualTo("a");
        for (int flags : new int[] {2, 4, 3}) {
            client.upload("/a", "again" + flags);
            assertThat(client.status(rename(client, flags))).isEqualTo(SftpStatus.OK);
            assertThat(client.download("/b")).isEqualTo("again" + flags);
        }
    }

    private static SshWriter rename(NewerClient client, int flags) {
        return client.path(SftpMessageNumber.RENAME, "/a").writeString("/b").writeUint32(flags);
    }

    @Test
    void realpathGoesAlongPathsAndLooksIfItIsAsked() throws Exception {
        NewerClient client = client(6);
        client.upload("/f", "content");

        assertThat(realpath(client, "x/../y", 1, "..", "z").name()).asString().isEqualTo("/z");
        assertThat(realpath(client, "/x", 1, "/f", "./").name()).asString().isEqualTo("/f");
        assertThat(realpath(client, "/f", 2).attributes().type()).isEqualTo(SftpFileType.REGULAR);
        assertThat(realpath(client, "/none", 2).attributes()).isEqualTo(SftpAttributes.NONE);
        assertThat(realpath(client, "/f", 3).attributes().size()).hasValue(7);
        assertThat(client.status(request(client, "/none", 3))).isEqualTo(SftpStatus.NO_SUCH_FILE);
        assertThat(client.status(request(client, "/f", 9))).isEqualTo(SftpStatus.INVALID_PARAMETER);
        assertThat(realpath(client, "..", 1, "../../..").name()).asString().isEqualTo("/");
    }

    private static SshWriter request(NewerClient client, String path, int check, String... more) {
        SshWriter request = client.path(SftpMessageNumber.REALPATH, path).writeByte(check);
        for (String next : more) {
            request.writeString(next);
        }
        return request;
    }

    private static NameEntry realpath(NewerClient client, String path, int check, String... more) throws Exception {
        Packet reply = client.ask(request(client, path, check, more));
        assertThat(reply.message()).isEqualTo(SftpMessageNumber.NAME);
        List<NameEntry> entries = NameEntry.readAll(reply.fields(), 6);
        assertThat(entries).hasSize(1);
        return entries.get(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6})
    void listingsHaveNamesAndAttributesAndInVersion6TheirEnd(int version) throws Exception {
        NewerClient client = client(version);
        client.upload("/f", "content");
        byte[] directory = Conversation.handle(client.ask(client.path(SftpMessageNumber.OPENDIR, "/")));

        Packet reply = client.ask(client.on(SftpMessageNumber.READDIR, directory));
        List<NameEntry> entries = NameEntry.readAll(reply.fields(), version);

        assertThat(entries)
                .extracting(entry -> new String(entry.name(), StandardCharsets.UTF_8) + " "
                        + entry.attributes().type())
                .containsExactly(". DIRECTORY", ".. DIRECTORY", "f REGULAR");
        if (version == 6) {
            assertThat(reply.fields().readByte()).as("end of the list").isEqualTo(1);
        }
        assertThat(reply.fields().remaining()).isZero();
        assertThat(client.status(client.on(SftpMessageNumber.READDIR, directory)))
                .isEqualTo(SftpStatus.EOF);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6})
    void attributesAreSetWithFractionsOfSecondsAndWithoutSetUserId(int version) throws Exception {
        NewerClient client = client(version);
        client.upload("/f", "content");
        Instant time = Instant.ofEpochSecond(1_700_000_000L, 123_456_789);
        SftpAttributes wanted = SftpAttributes.builder()
                .type(SftpFileType.REGULAR)
                .size(3)
                .permissions(06751)
                .modified(time)
                .build();

        assertThat(client.status(client.withAttributes(client.path(SftpMessageNumber.SETSTAT, "/f"), wanted)))
                .isEqualTo(SftpStatus.OK);

        SftpAttributes told = client.attributes(
                client.ask(client.path(SftpMessageNumber.STAT, "/f").writeUint32(0xffff_ffffL)));
        assertThat(told.size()).hasValue(3);
        assertThat(told.permissions()).hasValue(0751);
        assertThat(told.modified()).hasValue(time);
    }

    @Test
    void attributesThatNobodyCanReadAreABadMessage() throws Exception {
        NewerClient client = client(6);
        client.upload("/f", "content");

        for (String attributes : List.of(
                "00010000 01", // a flag that nobody knows
                "80000000 01 ffffffff", // a number of extended attributes
                "00000040 01 00000008 00000000 ffffffff", // a number of entries of a list
                "00000001 01 ffffffffffffffff", // a size
                "00000120 01 0000000000000000 ffffffff")) { // a fraction of a second
            SshWriter request = client.path(SftpMessageNumber.SETSTAT, "/f")
                    .writeBytes(HexFormat.of().parseHex(attributes.replace(" ", "")));
            assertThat(client.status(request)).as(attributes).isEqualTo(SftpStatus.BAD_MESSAGE);
        }
        assertThat(client.status(client.withAttributes(
                        client.path(SftpMessageNumber.SETSTAT, "/f"),
                        SftpAttributes.builder().modified(Instant.MAX).build())))
                .isEqualTo(SftpStatus.INVALID_PARAMETER);
        assertThat(client.download("/f")).isEqualTo("content");
    }

    @Test
    void textIsReadAndWrittenInSequenceWhateverPlacesAreNamed() throws Exception {
        NewerClient client = client(6);
        byte[] out = client.opened("/t", WRITE_DATA, CREATE_TRUNCATE | 0x20);
        for (String line : List.of("zero\n", "one\n", "two\n")) {
            assertThat(client.status(client.conversation().write(out, 0, line))).isEqualTo(SftpStatus.OK);
        }
        client.close(out);

        byte[] in = client.opened("/t", READ_DATA, OPEN_EXISTING | 0x20);
        assertThat(client.read(in, 77, 5)).isEqualTo("zero\n");
        assertThat(client.read(in, 0, 2)).isEqualTo("on");
        assertThat(client.status(seek(client, in, 2))).isEqualTo(SftpStatus.OK);
        assertThat(client.read(in, 0, 100)).isEqualTo("two\n");
        assertThat(client.status(seek(client, in, 0))).isEqualTo(SftpStatus.OK);
        assertThat(client.read(in, 0, 4)).isEqualTo("zero");
        assertThat(client.status(seek(client, in, 3))).isEqualTo(SftpStatus.OK);
        assertThat(client.read(in, 0, 100)).isEqualTo("EOF");
        assertThat(client.status(seek(client, in, 4))).isEqualTo(SftpStatus.EOF);
        assertThat(client.status(seek(client, in, -1))).isEqualTo(SftpStatus.INVALID_PARAMETER);
    }

    private static SshWriter seek(NewerClient client, byte[] handle, long line) {
        return client.extended("text-seek").writeString(handle).writeUint64(line);
    }

    @Test
    void onlyTextHasLines() throws Exception {
        NewerClient client = client(6);
        client.upload("/t", "a\nb\n");
        byte[] handle = client.opened("/t", READ_DATA, OPEN_EXISTING);

        assertThat(client.status(seek(client, handle, 1))).isEqualTo(SftpStatus.INVALID_PARAMETER);
    }

    @Test
    void version4HasTextAmongItsFlags() throws Exception {
        NewerClient client = client(4);
        client.upload("/t", "a\nb\n");
        byte[] handle = Conversation.handle(client.ask(client.withAttributes(
                client.path(SftpMessageNumber.OPEN, "/t").writeUint32(Conversation.READ | TEXT_OF_4),
                SftpAttributes.NONE)));

        assertThat(client.status(seek(client, handle, 1))).isEqualTo(SftpStatus.OK);
        assertThat(client.read(handle, 0, 9)).isEqualTo("b\n");
    }

    @Test
    void namesAreUtf8WithOrWithoutTranslation() throws Exception {
        NewerClient client = client(6);

        assertThat(client.status(client.extended("filename-translation-control").writeBoolean(false)))
                .isEqualTo(SftpStatus.OK);
    }

    private static final int DELETE_ON_CLOSE = 0x800;

    private SftpStatus removed(NewerClient client, String path) {
        return client.status(client.path(SftpMessageNumber.REMOVE, path));
    }

    @Test
    void aFileIsDeletedWhenItIsClosedIfThatIsAskedFor() throws Exception {
        NewerClient client = client(6);
        client.upload("/f", "content");
        byte[] handle = client.opened("/f", READ_DATA, OPEN_EXISTING | DELETE_ON_CLOSE);
        assertThat(client.read(handle, 0, 100)).isEqualTo("content");

        client.close(handle);

        assertThat(removed(client, "/f")).isEqualTo(SftpStatus.NO_SUCH_FILE);
    }

    @Test
    void aNewFileThatIsDeletedWhenItIsClosedNeverComesToBe() throws Exception {
        NewerClient client = client(6);
        byte[] handle = client.opened("/f", READ_DATA | WRITE_DATA, CREATE_NEW | DELETE_ON_CLOSE);
        assertThat(client.status(client.conversation().write(handle, 0, "scratch")))
                .isEqualTo(SftpStatus.OK);
        assertThat(client.read(handle, 0, 100)).isEqualTo("scratch");

        client.close(handle);

        assertThat(removed(client, "/f")).isEqualTo(SftpStatus.NO_SUCH_FILE);
    }

    @Test
    void aFileIsDeletedAlsoWhenTheChannelGoes() throws Exception {
        NewerClient client = client(6);
        client.upload("/f", "content");
        client.opened("/f", READ_DATA, OPEN_EXISTING | DELETE_ON_CLOSE);

        client.conversation().end();

        assertThat(removed(client(6), "/f")).isEqualTo(SftpStatus.NO_SUCH_FILE);
    }

    @Test
    void aFileThatWasRenamedIsDeletedWhereItIs() throws Exception {
        NewerClient client = client(6);
        client.upload("/f", "content");
        byte[] handle = client.opened("/f", READ_DATA, OPEN_EXISTING | DELETE_ON_CLOSE);
        assertThat(client.status(client.path(SftpMessageNumber.RENAME, "/f")
                        .writeString("/g")
                        .writeUint32(0)))
                .isEqualTo(SftpStatus.OK);
        client.upload("/f", "another");

        client.close(handle);

        assertThat(removed(client, "/g")).isEqualTo(SftpStatus.NO_SUCH_FILE);
        assertThat(client.download("/f")).isEqualTo("another");
    }

    private void nothingIsKeptOf(String path) throws IOException {
        ResumableUploads uploads = files.capability(ResumableUploads.class).orElseThrow();
        assertThat(uploads.keptSize(VirtualPath.of(path))).isEmpty();
    }

    @Test
    void nothingIsKeptOfAFileThatIsDeletedWhenItIsClosed() throws Exception {
        for (boolean renamed : new boolean[] {false, true}) {
            for (boolean cut : new boolean[] {false, true}) {
                NewerClient client = client(6);
                byte[] handle = client.opened("/f", WRITE_DATA, CREATE_TRUNCATE | DELETE_ON_CLOSE);
                assertThat(client.status(client.conversation().write(handle, 0, "scratch")))
                        .isEqualTo(SftpStatus.OK);
                if (renamed) {
                    assertThat(client.status(client.path(SftpMessageNumber.RENAME, "/f")
                                    .writeString("/g")
                                    .writeUint32(0)))
                            .isEqualTo(SftpStatus.OK);
                }

                if (cut) {
                    client.conversation().end();
                } else {
                    client.close(handle);
                }

                nothingIsKeptOf("/f");
                nothingIsKeptOf("/g");
                assertThat(removed(client(6), "/f")).isEqualTo(SftpStatus.NO_SUCH_FILE);
                assertThat(removed(client(6), "/g")).isEqualTo(SftpStatus.NO_SUCH_FILE);
            }
        }
    }

    @Test
    void aFileIsDeletedThoughClosingItFails() throws Exception {
        client(6).upload("/f", "content");
        FaultyFiles faulty = new FaultyFiles(files);
        NewerClient client = ending(new NewerClient(faulty.files(), 6));
        byte[] handle = client.opened("/f", READ_DATA, OPEN_EXISTING | DELETE_ON_CLOSE);
        faulty.make("PositionalFile.close", () -> {
            throw new IOException("no more");
        });

        assertThat(client.status(client.conversation().close(handle))).isEqualTo(SftpStatus.FAILURE);

        assertThat(removed(client(6), "/f")).isEqualTo(SftpStatus.NO_SUCH_FILE);
    }
}
