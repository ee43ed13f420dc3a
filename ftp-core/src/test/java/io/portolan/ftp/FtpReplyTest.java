package io.portolan.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FtpReplyTest {

    @Test
    void theFirstDigitTellsWhatToDo() {
        assertThat(FtpReply.of(150, "").isPreliminary()).isTrue();
        assertThat(FtpReply.of(226, "").isPositive()).isTrue();
        assertThat(FtpReply.of(331, "").isIntermediate()).isTrue();
        assertThat(FtpReply.of(421, "").isTransientError()).isTrue();
        assertThat(FtpReply.of(530, "").isPermanentError()).isTrue();
        assertThat(FtpReply.of(530, "").isPositive()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 99, 700, 1000})
    void aCodeOutsideTheRangeIsRefused(int code) {
        assertThatIllegalArgumentException().isThrownBy(() -> FtpReply.of(code, ""));
    }

    @Test
    void aReplyHasALine() {
        assertThatIllegalArgumentException().isThrownBy(() -> FtpReply.multiline(211, List.of()));
    }

    @Test
    void itsTextIsAsOnTheWireAndCannotForgeLines() {
        assertThat(FtpReply.multiline(211, List.of("a\r\n220 b", "211 c", " d", "e")))
                .hasToString("211-a??220 b\n 211 c\n d\n211 e");
    }

    @Test
    void everyCodeIsFoundByItsValue() {
        assertThat(Arrays.stream(FtpReplyCode.values()))
                .allSatisfy(code -> assertThat(FtpReplyCode.of(code.value())).contains(code));
        assertThat(FtpReplyCode.of(999)).isEmpty();
        assertThat(FtpReplyCode.of(-1)).isEmpty();
        assertThat(FtpReplyCode.of(201)).isEmpty();
    }
}
