package io.portolan.core.internal.transport;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NettyVersionTest {

    @Test
    void aNettyWithoutTheEventLoopsOf42IsRefusedWithTheFixInWords() {
        ClassLoader loader = NettyVersionTest.class.getClassLoader();
        assertThatThrownBy(() -> NettyVersion.requireMarker("io.netty.channel.NotInThisVersion", loader))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching("Netty 4\\.2\\.\\d+\\.Final is on the class path, Portolan needs 4\\.2 or newer.*")
                .hasMessageContaining("<netty.version>4.2.18.Final</netty.version>")
                .hasMessageContaining("import portolan-bom");
    }

    @Test
    void theNettyOfThisBuildWillDo() {
        assertThatCode(NettyVersion::require42).doesNotThrowAnyException();
    }
}
