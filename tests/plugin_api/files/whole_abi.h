/* Everything that crosses: compiled as C11 and as C++20. */
#include <channel/abi.h>
#include <channel/ext/doctor.h>
#include <channel/ext/invite.h>
#include <channel/ext/participants.h>
#include <channel/ext/typing.h>
