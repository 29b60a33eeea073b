/* Debian's static C++ libraries are not built for shared objects: they name this symbol of libstdc++ without
 * the GOT, so it must be defined and hidden in the plugin itself (plugin-api.md E21). 0: always use atomics. */
__attribute__((visibility("hidden"))) char __libc_single_threaded = 0;
