package io.portolan.examples.standalone.client;

import io.portolan.guard.RateLimit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How fast. */
final class RateOption {

    @Option(
            names = "--limit-rate",
            paramLabel = "BYTES",
            converter = Converter.class,
            description =
                    "The most bytes a second, of all transfers together: 500k, 2M (k, M and G are powers of 1024).")
    private RateLimit limit = RateLimit.unlimited();

    RateLimit limit() {
        return limit;
    }

    /** Reads it from the command line. */
    static final class Converter implements ITypeConverter<RateLimit> {

        private static final Pattern RATE = Pattern.compile("([0-9]{1,10})([kKmMgG]?)");

        @Override
        public RateLimit convert(String text) {
            Matcher rate = RATE.matcher(text);
            if (!rate.matches()) {
                throw new TypeConversionException("'" + text + "' is no number of bytes, such as 500k or 2M");
            }
            int power = "kmg".indexOf(rate.group(2).toLowerCase(Locale.ROOT)) + 1;
            int shift = rate.group(2).isEmpty() ? 0 : 10 * power;
            try {
                return RateLimit.bytesPerSecond(Math.multiplyExact(Long.parseLong(rate.group(1)), 1L << shift));
            } catch (ArithmeticException | IllegalArgumentException e) {
                throw new TypeConversionException("'" + text + "' is not within 1 byte and 8 GiB a second");
            }
        }
    }
}
