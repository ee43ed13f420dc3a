package io.portolan.examples.standalone;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A port, or none.
 *
 * @param number 0–65535, 0 for any free one; -1 for off
 */
record PortOrOff(int number) {

    static final PortOrOff OFF = new PortOrOff(-1);

    boolean isOff() {
        return number < 0;
    }

    @Override
    public String toString() {
        return isOff() ? "off" : Integer.toString(number);
    }

    /** Reads it from the command line. */
    static final class Converter implements ITypeConverter<PortOrOff> {
        @Override
        public PortOrOff convert(String text) {
            if (text.equals("off")) {
                return OFF;
            }
            // Not "+21" or digits of other scripts, which parseInt takes.
            int number = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : Integer.MAX_VALUE;
            if (number > 65535) {
                throw new TypeConversionException(
                        "'" + text + "' is neither a port (0-65535, 0 for any free one) nor 'off'");
            }
            return new PortOrOff(number);
        }
    }
}
