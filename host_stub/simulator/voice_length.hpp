/// How long a recording is, as far as the platform's limit needs it.
#pragma once

#include "simulator/clock.hpp"

#include <string_view>

namespace simulator {

/// The playing time of an AMR-NB or MP3 file, counted frame by frame up to the first that is none; 0: no such file.
[[nodiscard]] Milliseconds voice_length(std::string_view bytes);

}  // namespace simulator
