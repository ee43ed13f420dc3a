package io.portolan.sftp.internal.attributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.portolan.fs.AttributeChange;
import io.portolan.fs.AttributeChanges.Attribute;
import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FileInfoMappingTest {

    @Test
    void allThatAFileSystemKnowsIsTold() {
        FileInfo info = FileInfo.builder(FileType.FILE)
                .size(5)
                .modified(Instant.ofEpochSecond(1, 2))
                .accessed(Instant.ofEpochSecond(3))
                .created(Instant.ofEpochSecond(4))
                .permissionBits(04750)
                .owner("joe")
                .group("users")
                .ownerId(1000)
                .groupId(100)
                .linkCount(2)
                .build();

        assertThat(FileInfoMapping.fileInfo(FileInfoMapping.attributes(info))).isEqualTo(info);
    }

    @Test
    void aStoreWithoutPermissionsGetsTheUsualOnes() {
        assertThat(FileInfoMapping.attributes(FileInfo.directory(Instant.EPOCH)).permissions())
                .hasValue(0755);
        assertThat(FileInfoMapping.attributes(FileInfo.file(1, Instant.EPOCH)).permissions())
                .hasValue(0644);
        assertThat(FileInfoMapping.attributes(FileInfo.file(1, Instant.EPOCH)).owner())
                .isEmpty();
    }

    @Test
    void anOwnerWhoseNameIsNotKnownIsToldByNumber() {
        SftpAttributes attributes = FileInfoMapping.attributes(FileInfo.file(1, Instant.EPOCH).toBuilder()
                .ownerId(5)
                .groupId(6)
                .group("staff")
                .build());

        assertThat(attributes.owner()).hasValue("5");
        assertThat(attributes.group()).hasValue("staff");
        assertThat(attributes.userId()).hasValue(5);
    }

    @Test
    void setUserIdSetGroupIdAndStickyAreLeftOutUnlessTheyAreAllowed() {
        SftpAttributes wanted = SftpAttributes.builder().permissions(07755).build();

        assertThat(FileInfoMapping.change(wanted, false).permissionBits()).hasValue(0755);
        assertThat(FileInfoMapping.change(wanted, true).permissionBits()).hasValue(07755);
    }

    @Test
    void timesOutsideOfTheYears1To9999AreRefused() {
        for (Instant time : new Instant[] {
            FileInfoMapping.EARLIEST.minusNanos(1), FileInfoMapping.LATEST.plusNanos(1), Instant.MAX, Instant.MIN
        }) {
            SftpAttributes modified = SftpAttributes.builder().modified(time).build();
            assertThatIllegalArgumentException().isThrownBy(() -> FileInfoMapping.change(modified, false));
            SftpAttributes created = SftpAttributes.builder().created(time).build();
            assertThatIllegalArgumentException().isThrownBy(() -> FileInfoMapping.change(created, false));
        }
        assertThat(FileInfoMapping.change(
                                SftpAttributes.builder()
                                        .accessed(FileInfoMapping.EARLIEST)
                                        .modified(FileInfoMapping.LATEST)
                                        .build(),
                                false)
                        .attributes())
                .containsExactlyInAnyOrder(Attribute.ACCESSED, Attribute.MODIFIED);
    }

    @Test
    void numbersOfOwnersAreSetAsNamesOfDigitsAndEmptyNamesAreNotSet() {
        AttributeChange numbers =
                FileInfoMapping.change(SftpAttributes.builder().ids(0, 100).build(), false);
        AttributeChange group = FileInfoMapping.change(
                SftpAttributes.builder().ownership("", "staff").build(), false);

        assertThat(numbers.owner()).hasValue("0");
        assertThat(numbers.group()).hasValue("100");
        assertThat(group.attributes()).containsExactly(Attribute.GROUP);
    }

    @Test
    void whatAClientWantsToHaveSetComesBackAtTheServer() {
        AttributeChange change = AttributeChange.nothing()
                .withModified(Instant.ofEpochSecond(5))
                .withPermissionBits(0600)
                .withOwner("joe");

        AttributeChange back = FileInfoMapping.change(FileInfoMapping.attributes(change), false);

        assertThat(back.attributes()).isEqualTo(change.attributes());
        assertThat(back.owner()).hasValue("joe");
        assertThat(back.permissionBits()).hasValue(0600);
        assertThat(back.modified()).hasValue(Instant.ofEpochSecond(5));
    }
}
