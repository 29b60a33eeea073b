int defined_nowhere(void);
int entry(void);
int entry(void)
{
    return defined_nowhere();
}
